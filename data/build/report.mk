# Style sheets and words of the pages that hantally writes, linked in as text.
$(B)/tables/page_view.css: report/page_view.css
	@mkdir -p $(@D)
	cp $< $@
$(B)/tables/page-reasons.tsv: data/page-reasons.tsv
	@mkdir -p $(@D)
	cp $< $@
$(B)/report/page_view.o: $(B)/tables/page_view.css $(B)/tables/page-reasons.tsv

# report.html: the policy names the hashes of the one style sheet and the one script.
REPORT_TABLES := report-words.tsv report-tiles.tsv
$(foreach t,$(REPORT_TABLES),$(B)/tables/$(t)): $(B)/tables/%: data/%
	@mkdir -p $(@D)
	cp $< $@
$(B)/tables/report.css $(B)/tables/report.js: $(B)/tables/%: report/%
	@mkdir -p $(@D)
	cp $< $@
sha256_base64 = $$(sha256sum $(1) | cut -c 1-64 | tr a-f A-F | basenc --base16 -d | base64)
$(B)/tables/report.csp: $(B)/tables/report.css $(B)/tables/report.js data/build/report.mk
	printf "default-src 'none'; style-src 'sha256-%s'; script-src 'sha256-%s'; base-uri 'none'; form-action 'none'" \
	    "$(call sha256_base64,$(B)/tables/report.css)" "$(call sha256_base64,$(B)/tables/report.js)" > $@
$(B)/report/words.o: $(B)/tables/report-words.tsv
$(B)/report/tiles.o: $(B)/tables/report-tiles.tsv
$(B)/report/page.o: $(B)/tables/report.css $(B)/tables/report.js $(B)/tables/report.csp
