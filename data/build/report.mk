# Style sheets and words of the pages that hantally writes, linked in as text.
$(B)/tables/page_view.css: report/page_view.css
	@mkdir -p $(@D)
	cp $< $@
$(B)/tables/page-reasons.tsv: data/page-reasons.tsv
	@mkdir -p $(@D)
	cp $< $@
$(B)/report/page_view.o: $(B)/tables/page_view.css $(B)/tables/page-reasons.tsv
