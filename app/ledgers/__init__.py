"""Office files that people open elsewhere: .xlsx, .docx, .txt."""
