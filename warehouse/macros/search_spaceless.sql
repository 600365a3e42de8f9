-- The inside of a class of letters: those of scripts in which words stand without spaces between them, or take endings as Korean ones do.
create or replace macro search_spaceless() as
'\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}ー';
