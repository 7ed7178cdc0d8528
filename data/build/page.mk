# The page vocabulary is linked in as text and read once at start-up (extract/page/vocab.c).
PAGE_TABLES := page-elements.tsv page-names.tsv page-words.tsv field-words.tsv
$(foreach t,$(PAGE_TABLES),$(B)/tables/$(t)): $(B)/tables/%: data/%
	@mkdir -p $(@D)
	cp $< $@
$(B)/extract/page/vocab.o $(B)/extract/page/fields.o: $(foreach t,$(PAGE_TABLES),$(B)/tables/$(t))
