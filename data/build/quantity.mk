# The word lists that extract/quantity parses at start-up are linked in as they stand.
QUANTITY_LISTS := numerals.tsv units.tsv number-words.tsv idioms.txt exclude-places.txt
QUANTITY_TABLES := $(addprefix $(B)/tables/,$(QUANTITY_LISTS))

$(QUANTITY_TABLES): $(B)/tables/%: data/%
	@mkdir -p $(@D)
	cp $< $@

$(B)/extract/quantity/lexicon.o: $(QUANTITY_TABLES)
