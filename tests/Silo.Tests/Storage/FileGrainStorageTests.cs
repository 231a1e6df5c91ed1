using Orleans;
using Orleans.Runtime;
using Orleans.Storage;
using PairUni.Contracts;
using PairUni.Grains;

namespace PairUni.Silo.Tests;

public sealed class FileGrainStorageTests : IDisposable
{
    private static readonly GrainId Id = GrainId.Create("run", "a/../b");
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task WhatWasWritten_IsReadByTheNextActivation()
    {
        var first = await Read();
        first.RecordExists.ShouldBeFalse();
        first.State.Phase = RunPhase.Stopped;
        await Storage().WriteStateAsync("run", Id, first);
        var second = await Read();
        (second.RecordExists, second.State.Phase, second.ETag).ShouldBe((true, RunPhase.Stopped, first.ETag));
    }

    [Fact]
    public async Task AWriteOnTopOfAnotherActivations_IsRefused()
    {
        var (one, other) = (await Read(), await Read());
        one.State.Error = "one";
        await Storage().WriteStateAsync("run", Id, one);
        other.State.Error = "other";
        await Should.ThrowAsync<InconsistentStateException>(() => Storage().WriteStateAsync("run", Id, other));
        (await Read()).State.Error.ShouldBe("one");
    }

    [Fact]
    public async Task Clear_ForgetsTheState()
    {
        var state = await Read();
        await Storage().WriteStateAsync("run", Id, state);
        await Storage().ClearStateAsync("run", Id, state);
        (await Read()).RecordExists.ShouldBeFalse();
    }

    [Fact]
    public async Task AKeyWithSlashesAndDots_StaysInTheFolder()
    {
        await Storage().WriteStateAsync("run", Id, await Read());
        Directory.GetFiles(_folder["state"], "*", SearchOption.AllDirectories).Length.ShouldBe(1);
        Directory.GetFiles(_folder.Path).ShouldBeEmpty();
    }

    public void Dispose() => _folder.Dispose();

    private FileGrainStorage Storage() => new(_folder["state"]);

    private async Task<GrainState<RunState>> Read()
    {
        var state = new GrainState<RunState>();
        await Storage().ReadStateAsync("run", Id, state);
        return state;
    }
}
