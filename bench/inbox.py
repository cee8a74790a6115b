"""The inbox, with few and with very many tasks in the queues of the office."""
