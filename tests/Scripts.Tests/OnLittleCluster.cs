namespace PairUni.Scripts.Tests;

/// <summary>The tests that share a <see cref="LittleCluster"/>, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class OnLittleCluster : ICollectionFixture<LittleCluster>
{
    public const string Name = "little cluster";
}
