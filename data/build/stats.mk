# Units that count as the same in `hantally evaluate`, embedded as text.
$(B)/tables/same-units.bin: data/same-units.txt
	@mkdir -p $(@D)
	grep -v '^#' $< > $@
$(B)/stats/units_alike.o: $(B)/tables/same-units.bin
# What every column means, embedded as text.
$(B)/tables/columns.bin: data/columns.tsv
	@mkdir -p $(@D)
	grep -v '^#' $< > $@
$(B)/stats/columns.o: $(B)/tables/columns.bin
