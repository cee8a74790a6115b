"""What pages and API have in common: refusals as sentences, files handed out, uploads kept."""
