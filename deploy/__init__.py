"""How Terbuka is put on machines: containers for servers, `local` for one machine without any."""
