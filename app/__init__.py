"""先审: review first, then publish."""

__version__ = "0.2.0"
