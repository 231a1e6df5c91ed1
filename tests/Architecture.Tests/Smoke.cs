namespace Smoke; public class SmokeTests { [Fact] public void Builds() => true.ShouldBeTrue(); }
