using PairUni.Modeling.Text;

namespace PairUni.Modeling.Tests.Text;

public class ChatTemplateTests
{
    private const string System = "You are a helpful language and vision assistant. You are able to understand the visual content that the user provides, and assist the user with a variety of tasks using natural language.\n\n";

    [Fact]
    public void Generation_EndsWithAnOpenImage() =>
        ChatTemplate.Generation("A photo of a red apple on a wooden table.")
            .ShouldBe("<|User|>: A photo of a red apple on a wooden table.\n\n<|Assistant|>:<begin_of_image>");

    [Fact]
    public void Understanding_HasTheSystemPromptAndAPlaceholderLine() =>
        ChatTemplate.Understanding("What is shown in this image?")
            .ShouldBe(System + "<|User|>: <image_placeholder>\nWhat is shown in this image?\n\n<|Assistant|>:");

    [Fact]
    public void Format_SeparatesByPosition() =>
        ChatTemplate.Format(
            [
                new("<|User|>", "<image_placeholder>\nCount the apples."),
                new("<|Assistant|>", " Two. "),
                new("<|User|>", "Are you sure?"),
                new("<|Assistant|>", ""),
            ],
            ChatTemplate.UnderstandingSystemPrompt)
            .ShouldBe(System + "<|User|>: <image_placeholder>\nCount the apples.\n\n<|Assistant|>: Two.<｜end▁of▁sentence｜><|User|>: Are you sure?\n\n<|Assistant|>:");

    [Fact]
    public void Understanding_OfAQuestionWithItsOwnPlaceholder_IsRefused() =>
        Should.Throw<ArgumentException>(() => ChatTemplate.Understanding("What is <image_placeholder>?"));
}
