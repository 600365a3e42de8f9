-- About 220 characters of a text from a place on, in one line, between whole words where there are spaces; … where something is left out.
create or replace macro search_excerpt(words, place) as
case when place > 1 then '…' else '' end
|| trim(regexp_replace(
  regexp_replace(
    case when place > 1 then regexp_replace(substring(words, place, 220), '^\S{0,20}\s+', '') else substring(words, place, 220) end,
    case when length(words) >= place + 220 then '\s+\S{0,20}$' else '\s+$' end,
    ''
  ),
  '\s+', ' ', 'g'
))
|| case when length(words) >= place + 220 then '…' else '' end;
