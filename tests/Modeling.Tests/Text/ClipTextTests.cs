using PairUni.Modeling.Text;

namespace PairUni.Modeling.Tests.Text;

// Expected texts follow from the rules of ftfy, html.unescape and str.lower that ClipText names.
public class ClipTextTests
{
    [Theory]
    [InlineData("cafÃ©", "café")]
    [InlineData("itâ€™s", "it's")]
    [InlineData("Ã Â la mode", "Ã Â la mode")]
    [InlineData("naïve café", "naïve café")]
    [InlineData("â€œquotedâ€\u009d", "\"quoted\"")]
    [InlineData("a\u0092b", "a'b")]
    [InlineData("&ldquo;hi&rdquo;", "\"hi\"")]
    [InlineData("<b> &ldquo;", "<b> &ldquo;")]
    [InlineData("ﬃ Ǆ ŉ", "ffi DŽ 'n")]
    [InlineData("ｶﾞ ｱ １２ ￥", "ガ ア 12 ¥")]
    [InlineData("a\r\nb\rc\u2028d\u0085e", "a\nb\nc\nd\ne")]
    [InlineData("a\u0000\uFEFF\u200Bb\u001B[31mc", "a\u200Bbc")]
    public void Repair_DoesWhatFtfyDoes(string text, string expected) => TextRepair.Fix(text).ShouldBe(expected);

    [Theory]
    [InlineData("e\u0301", "é")]
    [InlineData("\u00EA\u0323 e\u0302\u0323 e\u0323\u0302", "ệ ệ ệ")]
    [InlineData("\u212B \u2126 \u212A", "Å Ω K")]
    [InlineData("\u1112\u1161\u11AB\u1100\u1173\u11AF", "한글")]
    [InlineData("か\u3099 は\u309A", "が ぱ")]
    [InlineData("x\u0301 \u0301", "x\u0301 \u0301")]
    [InlineData("a\u0323\u0301 q\u0323\u0301", "ạ\u0301 q\u0323\u0301")]
    [InlineData("日本 Привет plain", "日本 Привет plain")]
    public void Composition_IsNfc(string text, string expected) => CanonicalComposition.Compose(text).ShouldBe(expected);

    [Theory]
    [InlineData("&amp;&lt;&gt;&quot;&apos;", "&<>\"'")]
    [InlineData("&copy 2024 &copyright &notin; &nosuch; &;", "© 2024 ©right ∉ &nosuch; &;")]
    [InlineData("&#65;&#x42;&#67 &#x110000; &#128; &#0; &#", "ABC \uFFFD € \uFFFD &#")]
    [InlineData("&AMP; &EACUTE &Eacute", "& &EACUTE É")]
    public void Unescape_ReadsReferencesAsHtml5Does(string text, string expected) => HtmlText.Unescape(text).ShouldBe(expected);

    [Fact]
    public void Clean_UnescapesTwiceMore_ThenTrims_AndLowers() =>
        ClipText.Clean(" <i> &amp;amp;amp; \u00A0\u3000 ΟΔΟΣ İ ").ShouldBe("<i> &amp; οδος i\u0307");

    [Theory]
    [InlineData("it's we'll 'tis", "it|'s|we|'ll|'t|is")]
    [InlineData("a1b23", "a|1|b|2|3")]
    [InlineData("wow!!! (ok)", "wow|!!!|(|ok|)")]
    [InlineData("𝒳𝒴 ½² 😀!", "𝒳𝒴|½|²|😀!")]
    [InlineData("x<end_of_text>y !<end_of_text>", "x|<end_of_text>|y|!<|end|_|of|_|text|>")]
    public void Split_SeparatesWordsDigitsAndSigns(string text, string expected) => string.Join('|', ClipText.Split(text)).ShouldBe(expected);
}
