"""How long each table's rows are kept: by which row of the policy, or without limit where nothing is personal."""

WITHOUT_LIMIT = ""
"""Nothing about a person stands there, or it names what others stand on."""
BY_USE = "by_use"
"""Files are kept as long as what uses them."""

RETENTION_OF: dict[str, str] = {
    "draft": "draft",
    "target": "draft",
    "search_document": "draft",
    "search_text": "draft",
    "revision": "review_sheet",
    "review_step": "review_sheet",
    "decision": "review_sheet",
    "paper": "review_sheet",
    "publication": "publication",
    "archive": "archive",
    "month_explanation": "archive",
    "statement": "statement",
    "person": "staff",
    "person_name": "staff",
    "role_grant": "staff",
    "authorization": "staff",
    "passcode": "staff",
    "application": "account",
    "outsourced_operator": "account",
    "impostor": "account",
    "personal_account": "personal_account",
    "personal_check": "personal_account",
    "terminal": "custody",
    "terminal_leave": "custody",
    "credential": "custody",
    "credential_envelope": "custody",
    "borrowing": "custody",
    "scan_operator": "custody",
    "custody_handover": "custody",
    "audit": "audit",
    "sign_in_guard": "sign_in_attempts",
    "attachment": BY_USE,
    "attachment_use": BY_USE,
    "unit": WITHOUT_LIMIT,
    "unit_name": WITHOUT_LIMIT,
    "account": WITHOUT_LIMIT,
    "platform": WITHOUT_LIMIT,
    "policy_version": WITHOUT_LIMIT,
    "paper_number": WITHOUT_LIMIT,
    "workday": WITHOUT_LIMIT,
    "workday_year": WITHOUT_LIMIT,
    "setting": WITHOUT_LIMIT,
}
"""Every table of the schema; a draft that was submitted is kept with its sheet."""
