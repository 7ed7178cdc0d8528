# The tables of extract/time are embedded as text and parsed once at start-up.
TIME_TABLES := $(B)/tables/dates-words.bin $(B)/tables/dates-holidays.bin \
	$(B)/tables/dates-lunar.bin
$(TIME_TABLES): $(B)/tables/%.bin: data/%.tsv
	@mkdir -p $(@D)
	grep -v '^#' $< > $@
$(B)/extract/time/words.o: $(TIME_TABLES)
