-- How many articles the index holds: one row.
select num_docs as articles
from fts_main_search_words.stats;
