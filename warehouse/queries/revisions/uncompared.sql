-- Texts that follow each other as versions of an article of which anything was recorded since $since, and that this method has not compared
-- yet, the latest first. Articles of which one
-- text is stored have nothing to compare: they are set aside first, by a narrow column.
with changed as (
  select article_id
  from article_texts
  group by article_id
  having count(*) > 1
), steps as (
  select article_id, observed_from, lag(content_hash) over article_order as before_hash, content_hash as after_hash
  from article_versions_since($since)
  semi join changed using (article_id)
  window article_order as (partition by article_id order by version)
)
select steps.article_id, steps.before_hash, steps.after_hash
from steps
anti join (select article_id, before_hash, after_hash from text_changes where method = $method) as done
  using (article_id, before_hash, after_hash)
where steps.before_hash is not null
group by all
order by max(steps.observed_from) desc, steps.article_id, steps.before_hash, steps.after_hash
limit $limit;
