"""Pages of local networks: lists, a network, its meetings, what is sent, and what members open by link."""
