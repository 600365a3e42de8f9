-- What became of every block of one article? Put in the URL that you are interested in.
select blocks.position, blocks.verdict, blocks.kind, blocks.rule_id, left(blocks."text", 80) as beginning
from blocks
join articles_current as articles using (article_id, content_hash, ruleset_id)
where articles.url = (select min(url) from articles_current)
  and blocks.snapshot_id is not distinct from articles.snapshot_id
  and coalesce(blocks.rule_id, '') <> 'outside-article'
order by blocks.position;
