-- Identities that an article was seen under, oldest first.
select kind, scope, value, first_seen_at
from entry_aliases
where article_id = $article_id
order by first_seen_at, kind, value
limit $most;
