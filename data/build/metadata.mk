# The words of extract/page/metadata*.c are embedded as text and parsed once at start-up.
METADATA_TABLES := $(B)/tables/metadata-words.bin $(B)/tables/media.bin $(B)/tables/surnames.bin
$(B)/tables/metadata-words.bin: data/metadata-words.tsv
$(B)/tables/media.bin: data/media.txt
$(B)/tables/surnames.bin: data/surnames.txt
$(METADATA_TABLES):
	@mkdir -p $(@D)
	grep -v '^#' $< > $@
$(B)/extract/page/metadata_words.o: $(METADATA_TABLES)
