# Tables of normalize/: dictionaries are fetched once into $(B)/fetched, then compiled.

$(B)/fetched/sources.txt: data/build/fetch.sh
	@mkdir -p $(@D)
	sh data/build/fetch.sh $(@D)

$(B)/tables/fold.bin: $(B)/tools/fold $(B)/fetched/sources.txt data/variants.tsv
	$(B)/tools/fold $@ $(B)/fetched/opencc/TSCharacters.txt data/variants.tsv
$(B)/normalize/fold.o: $(B)/tables/fold.bin
