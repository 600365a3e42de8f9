-- A pattern for words in a row: whole ones where scripts have spaces, unless the last one ends in *. Arabic words may have their usual prefixes:
-- the article, and, with, like, for (as in Lucene's ArabicStemmer).
create or replace macro search_phrase(words) as
'(?i)'
|| case when regexp_matches(words[1], '^[' || search_spaceless() || ']') then '' else '(?:^|[^\pL\pM\pN]|[' || search_spaceless() || '])' end
|| case when regexp_matches(words[1], '^\p{Arabic}{3}') and not starts_with(words[1], 'ال') then '(?:[وفبك]?ال|لل|و)?' else '' end
|| case
  when regexp_matches(array_to_string(words, ''), '[' || search_spaceless() || ']')
    then array_to_string(list_transform(words, lambda word: search_word(word)), '[^\pL\pN]*')
  else array_to_string(list_transform(words, lambda word: search_word(word)), '[^\pL\pN]+')
end
|| case
  when regexp_matches(words[-1], '[*' || search_spaceless() || ']$') then ''
  else '(?:$|[^\pL\pM\pN]|[' || search_spaceless() || '])'
end;
