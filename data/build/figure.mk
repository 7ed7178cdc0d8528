# The words around a quantity are embedded as text and parsed once at start-up.
$(B)/tables/figure-words.bin: data/figure-words.tsv
	@mkdir -p $(@D)
	grep -v '^#' $< > $@
$(B)/extract/figure/words.o: $(B)/tables/figure-words.bin
