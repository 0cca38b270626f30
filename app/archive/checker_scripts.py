"""Files that go into an archive so that anybody can check it without this program."""

from app.models.archive_package import PackageFile

_BATCH = r"""@echo off
setlocal DisableDelayedExpansion
rem Checks every file of this archive against manifest-sha256.txt. Changes nothing.
cd /d "%~dp0.."
if not exist manifest-sha256.txt goto nomanifest
where powershell >nul 2>nul
if errorlevel 1 goto plain
powershell -NoProfile -ExecutionPolicy Bypass -File "%~dp0check-windows.ps1"
if errorlevel 3 goto plain
goto end
:plain
set WRONG=0
for /f "usebackq tokens=1,*" %%A in ("manifest-sha256.txt") do call :one %%A "%%B"
if %WRONG%==0 (echo ALL FILES OK) else (echo %WRONG% FILE^(S^) DAMAGED OR MISSING)
goto end
:one
set "NAME=%~2"
set "NAME=%NAME:/=\%"
set "FOUND="
for /f "skip=1 delims=" %%H in ('certutil -hashfile "%NAME%" SHA256 2^>nul') do if not defined FOUND set "FOUND=%%H"
if not defined FOUND goto bad
set "FOUND=%FOUND: =%"
if /i "%FOUND%"=="%1" exit /b 0
:bad
set /a WRONG+=1
echo DAMAGED OR MISSING: %NAME%
exit /b 0
:nomanifest
echo manifest-sha256.txt is missing: this is not a whole archive.
:end
echo.
pause
"""

# The texts are Chinese, the file is not: a console of any code page then reads it alike.
_POWERSHELL = r"""# Checks every file of this archive against manifest-sha256.txt. Changes nothing.
$ErrorActionPreference = 'Stop'
function Text([string] $codes) {
    -join ($codes.Split(' ') | ForEach-Object { [char][Convert]::ToInt32($_, 16) })
}
try {
    $root = Split-Path -Parent (Split-Path -Parent $MyInvocation.MyCommand.Path)
    $hash = [System.Security.Cryptography.SHA256]::Create()
    $lines = [IO.File]::ReadAllLines((Join-Path $root 'manifest-sha256.txt'))
} catch {
    exit 3
}
$wrong = 0
$number = 0
foreach ($line in $lines) {
    if ($line.Trim() -eq '') { continue }
    $number++
    $name = $line.Substring(66)
    $path = Join-Path $root $name.Replace('/', '\')
    Write-Progress -Activity (Text '@CHECKING@') -Status $name -PercentComplete (100 * $number / $lines.Count)
    $found = ''
    try {
        $stream = [IO.File]::OpenRead($path)
        try { $found = [BitConverter]::ToString($hash.ComputeHash($stream)).Replace('-', '') }
        finally { $stream.Close() }
    } catch { }
    if ($found -ne $line.Substring(0, 64)) {
        $wrong++
        Write-Host ((Text '@DAMAGED@') + $name) -ForegroundColor Red
    }
}
if ($wrong -eq 0) {
    Write-Host ((Text '@GOOD@') + $number) -ForegroundColor Green
    exit 0
}
Write-Host ((Text '@BAD@') + $wrong) -ForegroundColor Red
exit 1
"""

_TEXTS = {
    "@CHECKING@": "正在核对",
    "@DAMAGED@": "已损坏或缺失：",
    "@GOOD@": "核对完毕，全部文件完好。文件数：",
    "@BAD@": "核对完毕，有文件损坏或缺失。个数：",
}

_EXPLANATION = """怎样核对这份存档

这份存档由“先审”写出，按 BagIt 1.0（RFC 8493）存放：data 文件夹里是内容，
manifest-sha256.txt 和 manifest-sm3.txt 是逐个文件的校验清单。
核对只读文件，不会改动存档。下面几种办法任选一种。

一、用“先审”
    打开“月度归档”，点“核对存档”，选择本存档最外层的文件夹。

二、在 Windows 电脑上
    打开 data 文件夹，双击 check-windows.cmd，等它逐个读完。
    显示“全部文件完好”即为通过；有问题的文件会逐个列出名字。
    个别电脑没有 PowerShell，会改用系统自带的 certutil，提示为英文：
    ALL FILES OK 表示全部完好，DAMAGED OR MISSING 后面是有问题的文件。

三、在 Linux 电脑（统信 UOS、银河麒麟等）上
    在存档最外层文件夹里打开终端，输入：
        sha256sum -c --quiet manifest-sha256.txt
    没有任何输出即为通过；有问题的文件会逐个列出名字。

四、怎样知道清单本身没有被换过
    归档交接单上印有清单的指纹。在最外层文件夹里计算清单自身的 SHA-256，
    与纸上的逐位比对，一致即可：
        Windows：certutil -hashfile manifest-sha256.txt SHA256
        Linux：  sha256sum manifest-sha256.txt

请不要改动、改名或增减存档里的任何文件。
如果 data 文件夹里出现了 Thumbs.db、desktop.ini、.DS_Store 这类文件，
那是电脑系统自己放进去的，删掉它们再核对即可。
查看内容请打开 data 文件夹里的 index.html，不需要联网。
"""


def checker_files() -> tuple[PackageFile, ...]:
    """Return the checker for Windows (ASCII, CRLF) and the Chinese explanation (UTF-8 with BOM, CRLF)."""
    script = _POWERSHELL
    for mark, text in _TEXTS.items():
        script = script.replace(mark, " ".join(f"{ord(character):04X}" for character in text))
    return (
        PackageFile("check-windows.cmd", "核对程序（Windows）", data=_crlf(_BATCH).encode("ascii")),
        PackageFile("check-windows.ps1", "核对程序（Windows，由上一个文件调用）", data=_crlf(script).encode("ascii")),
        PackageFile("verify.txt", "核对说明", data=_crlf(_EXPLANATION).encode("utf-8-sig")),
    )


def _crlf(text: str) -> str:
    return text.replace("\n", "\r\n")
