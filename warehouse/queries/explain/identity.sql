-- The article that goes by an address, by the key of its normal form or as it is spelled; the key first.
with named as (
  select article_id, 0 as rank from entry_aliases where alias_key = $alias_key
  union all
  select article_id, 1 as rank from articles where canonical_url = $url
)
select article_id
from named
order by rank, article_id
limit 1;
