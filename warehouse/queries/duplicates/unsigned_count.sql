-- How many texts there are, and how many of them were not compared yet. Counts of whole tables cost nothing.
select
  (select count(*) from article_texts) as texts,
  (select count(*) from article_texts) - (select count(*) from text_signatures) as unsigned;
