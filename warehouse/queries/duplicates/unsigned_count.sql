-- How many texts were not compared yet. Counts of whole tables cost nothing.
select (select count(*) from article_texts) - (select count(*) from text_signatures) as unsigned;
