"""E-mail: the desk's papers going out, and what people write to the office coming in. Both wait in the gateway's database, sealed."""
