"""The desk that these tests sit at."""

from tests.ui.work_office import bench

__all__ = ["bench"]
