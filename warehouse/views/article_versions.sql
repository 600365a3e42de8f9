-- Versions of texts, one row per change that the publisher made to an article's text, in the order observed. A, B and A again are three.
create or replace view article_versions as
select *
from article_versions_since('-infinity');
