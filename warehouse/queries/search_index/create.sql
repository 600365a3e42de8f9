-- The index: words are what stands between signs; nothing else is done to them, for they are folded already.
pragma create_fts_index(
  'search_words', 'article_id', 'words',
  stemmer = 'none', stopwords = 'none', ignore = '[^\pL\pM\pN]+', strip_accents = 0, lower = 0, overwrite = 1
);
