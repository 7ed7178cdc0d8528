# codebook/*.yaml -> one text: a line "NAME BYTES" and the file itself, for
# extract/codebook/builtin.c.
CODEBOOKS := $(sort $(wildcard codebook/*.yaml))
$(B)/tables/codebooks.txt: $(CODEBOOKS) data/build/codebook.mk
	@mkdir -p $(@D)
	for f in $(CODEBOOKS); do \
	    printf '%s %s\n' "$$(basename $$f .yaml)" "$$(wc -c < $$f | tr -d ' ')" && cat $$f || \
	    exit 1; \
	done > $@.new
	mv $@.new $@
$(B)/extract/codebook/builtin.o: $(B)/tables/codebooks.txt
