"""What publishers say about themselves: imprint, privacy notice, accessibility statement.

The operator writes those of the platform, a carrier may have its own. The text is plain; it becomes links and
paragraphs only when it is shown, and what the program itself must say stands below it in the templates.
"""
