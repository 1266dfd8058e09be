"""What is stored: requests for teacher posts and their secondments."""

from verbund.staffing.models.teachers import HALF_STEPS, MOST_POSTS, Secondment, TeacherRequest

__all__ = ["HALF_STEPS", "MOST_POSTS", "Secondment", "TeacherRequest"]
