# The gazetteer: divisions, towns, short names and region words -> regions.bin, linked by
# extract/region.
REGION_DATA := data/regions.tsv data/short-names.tsv data/towns.tsv data/region-words.tsv

$(B)/tools/regions: extract/region/layout.h

$(B)/tables/regions.bin: $(B)/tools/regions $(B)/tables/fold.bin $(REGION_DATA)
	@mkdir -p $(@D)
	$< $(B)/tables/fold.bin $(REGION_DATA) $@.new
	mv $@.new $@

$(B)/extract/region/gazetteer.o: $(B)/tables/regions.bin
