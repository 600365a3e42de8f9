-- Blocks of an article that changed, version by version, in page order.
select version, change, text_before, text_after, words_added, words_removed, figures_changed
from revision_blocks
where article_id = $article_id
order by version, position;
