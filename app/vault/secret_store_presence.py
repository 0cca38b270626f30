"""Whether this PC has a place for secrets that the vault may use; nothing is read from it or written to it."""

import sys


def secret_store_name() -> str:
    """Name the system's own store of secrets (article 6), or return '' when there is none to be reached.

    Only the allow-listed stores count: keyring's own choice may fall on one that keeps nothing or keeps it plainly.
    """
    if sys.platform == "win32":
        from keyring.backends.Windows import WinVaultKeyring

        return "Windows 凭据管理器" if WinVaultKeyring.viable else ""
    if sys.platform == "darwin":
        from keyring.backends.macOS import Keyring

        return "钥匙串" if Keyring.viable else ""
    from keyring.backends.kwallet import DBusKeyring
    from keyring.backends.SecretService import Keyring as SecretService

    if SecretService.viable:
        return "Secret Service"
    return "KWallet" if DBusKeyring.viable else ""
