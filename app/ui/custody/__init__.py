"""密码保管: which passwords are kept, taking one in, and looking at one."""
