# The review page is linked in as it stands (review/assets.c).
REVIEW_TABLES := $(addprefix $(B)/tables/,review.html review.css review.js review-words.tsv)
$(B)/tables/review.html: review/page.html
$(B)/tables/review.css: review/page.css
$(B)/tables/review.js: review/page.js
$(B)/tables/review-words.tsv: data/review-words.tsv
$(REVIEW_TABLES):
	@mkdir -p $(@D)
	cp $< $@
$(B)/review/assets.o: $(REVIEW_TABLES)
