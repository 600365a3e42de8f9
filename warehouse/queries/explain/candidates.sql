-- What sources offered for the fields of an article, the chosen first.
select candidates.field, candidates.value, candidates.source, candidates.chosen, candidates.why
from metadata_candidates as candidates
join articles_current as articles using (article_id, metadata_hash)
where article_id = $article_id
order by candidates.field, candidates.chosen desc, candidates.source, candidates.value;
