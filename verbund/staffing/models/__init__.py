"""What is stored: funded posts with who holds them, and requests for teacher posts with their secondments."""

from verbund.staffing.models.posts import Occupancy, Post
from verbund.staffing.models.teachers import HALF_STEPS, MOST_POSTS, Secondment, TeacherRequest

__all__ = ["HALF_STEPS", "MOST_POSTS", "Occupancy", "Post", "Secondment", "TeacherRequest"]
