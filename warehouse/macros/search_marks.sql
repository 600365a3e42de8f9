-- The inside of a class of signs that a word may have or lack: accents, Hebrew and Arabic vowel signs, tatweel, soft hyphens, joiners.
create or replace macro search_marks() as
'\x{ad}\x{300}-\x{36f}\x{591}-\x{5c7}\x{610}-\x{61a}\x{640}\x{64b}-\x{65f}\x{670}\x{200c}\x{200d}';
