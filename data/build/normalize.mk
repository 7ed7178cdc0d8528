# Tables of normalize/: dictionaries are fetched once into $(B)/fetched, then compiled.

$(B)/fetched/sources.txt: data/build/fetch.sh
	@mkdir -p $(@D)
	sh data/build/fetch.sh $(@D)

$(B)/tables/fold.bin: $(B)/tools/fold $(B)/fetched/sources.txt data/variants.tsv
	$(B)/tools/fold $@ $(B)/fetched/opencc/TSCharacters.txt data/variants.tsv
$(B)/normalize/fold.o: $(B)/tables/fold.bin

$(B)/tables/charsets.bin: $(B)/tools/charsets data/charset_fixes.tsv
	$(B)/tools/charsets $@ data/charset_fixes.tsv
$(B)/tools/charsets: normalize/charset_tables.h
$(B)/tables/charsets.tsv: data/charsets.tsv
	@mkdir -p $(@D)
	cp $< $@
$(B)/normalize/units.o: $(B)/tables/charsets.bin
$(B)/normalize/charset.o: $(B)/tables/charsets.tsv

$(B)/tables/bigrams.bin: $(B)/tools/bigrams $(B)/tables/fold.bin $(B)/fetched/sources.txt data/marks.txt
	$(B)/tools/bigrams $@ $(B)/tables/fold.bin $(B)/fetched/words.txt data/marks.txt
$(B)/tools/bigrams: normalize/lm_table.h
$(B)/normalize/lm.o: $(B)/tables/bigrams.bin

opencc = $(patsubst %,$(B)/fetched/opencc/%.txt,$(1))
T2S := $(call opencc,TSPhrases TSCharactersExt TSCharacters)
S2T := $(call opencc,STPhrases STPhrases_GeneratedFromRegionalPhrases STCharacters)
T2TW := $(call opencc,TWVariantsPhrases TWVariants)
T2HK := $(call opencc,HKVariantsPhrases HKVariants)
TW2T := $(call opencc,TWVariantsRevPhrases TWVariantsRev)
HK2T := $(call opencc,HKVariantsRevPhrases HKVariantsRev)
T2JP := $(call opencc,JPShinjitaiCharactersRev)
JP2T := $(call opencc,JPShinjitaiPhrases JPShinjitaiCharacters)
$(B)/tables/script.bin: $(B)/tools/script $(B)/fetched/sources.txt
	$(B)/tools/script $@ $(T2S) -- $(S2T) -- $(T2TW) -- $(T2HK) -- $(TW2T) -- $(HK2T) -- \
		$(call opencc,TWPhrases) $(T2TW) -- $(call opencc,HKPhrases) $(T2HK) -- \
		$(call opencc,TWPhrasesRev) $(TW2T) -- $(call opencc,HKPhrasesRev) $(HK2T) -- \
		$(T2JP) -- $(JP2T)
$(B)/tools/script: normalize/script_table.h
$(B)/normalize/script.o: $(B)/tables/script.bin

$(B)/tables/variants.bin: $(B)/tools/fold data/variants.tsv
	$(B)/tools/fold $@ data/variants.tsv
$(B)/normalize/fold.o: $(B)/tables/variants.bin
$(B)/tables/readings.bin: $(B)/tools/readings $(B)/fetched/sources.txt
	$(B)/tools/readings $@ $(B)/fetched/readings.txt
$(B)/normalize/gloss.o: $(B)/tables/readings.bin
