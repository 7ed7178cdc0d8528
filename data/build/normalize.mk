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
$(B)/tables/magic.tsv: data/magic.tsv
	@mkdir -p $(@D)
	grep -v '^#' $< > $@
$(B)/normalize/binary.o: $(B)/tables/magic.tsv
$(B)/normalize/charset.o: $(B)/tables/charsets.tsv

$(B)/tables/bigrams.bin: $(B)/tools/bigrams $(B)/tables/fold.bin $(B)/fetched/sources.txt \
		data/marks.txt
	$(B)/tools/bigrams $@ $(B)/tables/fold.bin $(B)/fetched/words.txt data/marks.txt
$(B)/tools/bigrams: normalize/lm_table.h
$(B)/normalize/lm.o: $(B)/tables/bigrams.bin

opencc = $(patsubst %,$(B)/fetched/opencc/%.txt,$(1))
T2S := $(call opencc,TSPhrases TSCharactersExt TSCharacters)
S2T := $(call opencc,STPhrases) + $(call opencc,STPhrases_GeneratedFromRegionalPhrases STCharacters)
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
		$(T2JP) -- $(JP2T) -- $(call opencc,CJK_Compatibility_Ideographs)
$(B)/tools/script: normalize/script_table.h
$(B)/normalize/script.o: $(B)/tables/script.bin

$(B)/tables/forms.bin: $(B)/tools/fold data/variants.tsv data/forms.tsv
	$(B)/tools/fold $@ data/variants.tsv data/forms.tsv --forms
$(B)/tables/ascii-marks.bin: $(B)/tools/fold data/ascii-marks.tsv
	$(B)/tools/fold $@ data/ascii-marks.tsv --ascii
$(B)/normalize/width.o: $(B)/tables/forms.bin $(B)/tables/ascii-marks.bin
$(B)/tools/fold $(B)/tools/bigrams $(B)/tools/survey $(B)/tools/regions $(B)/tools/words: \
		normalize/fold_table.h

$(B)/tables/survey.bin: $(B)/tools/survey $(B)/tables/fold.bin $(B)/tables/forms.bin \
		$(B)/tables/charsets.bin $(B)/fetched/sources.txt data/misread-marks.tsv
	$(B)/tools/survey $@ $(B)/tables/fold.bin $(B)/tables/forms.bin $(B)/tables/charsets.bin \
		$(B)/fetched/words.txt data/misread-marks.tsv \
		$(call opencc,TSCharactersExt TSCharacters) -- $(call opencc,STCharacters)
$(B)/tools/survey: normalize/survey.h normalize/charset_tables.h
$(B)/normalize/survey.o: $(B)/tables/survey.bin

$(B)/tables/never-guessed.txt: data/never-guessed.txt data/numerals.tsv
	@mkdir -p $(@D)
	cat data/never-guessed.txt data/numerals.tsv | grep -v '^#' | cut -f 1 > $@
$(B)/normalize/repair.o: $(B)/tables/never-guessed.txt

$(B)/tables/words.bin: $(B)/tools/words $(B)/tables/fold.bin $(B)/fetched/sources.txt \
		data/regions.tsv
	$(B)/tools/words $@ $(B)/tables/fold.bin $(B)/fetched/words.txt data/regions.tsv
$(B)/tables/script-names.bin: data/script-names.tsv
	@mkdir -p $(@D)
	grep -v '^#' $< > $@
$(B)/normalize/words.o: $(B)/tables/words.bin
$(B)/normalize/wording.o: $(B)/tables/script-names.bin

$(B)/tables/entities.bin: $(B)/tools/entities data/entities.tsv
	$(B)/tools/entities $@ data/entities.tsv
$(B)/tools/entities: normalize/entity_table.h
$(B)/normalize/entity.o: $(B)/tables/entities.bin

$(B)/tables/readings.bin: $(B)/tools/readings $(B)/fetched/sources.txt
	$(B)/tools/readings $@ $(B)/fetched/readings.txt
$(B)/tables/pinyin-letters.txt: data/pinyin-letters.txt
	@mkdir -p $(@D)
	grep -v '^#' $< | tr -d '\n' > $@
$(B)/normalize/gloss.o: $(B)/tables/readings.bin $(B)/tables/pinyin-letters.txt
