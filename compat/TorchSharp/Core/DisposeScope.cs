using System.Collections.ObjectModel;

namespace TorchSharp;

/// <summary>Owns the tensors made on its thread while it is the innermost scope, and disposes them with itself.</summary>
public sealed class DisposeScope : IDisposable
{
    private readonly DisposeScopeManager manager;

    // A tensor knows its place in `owned`, so that leaving the scope costs no search; the last entry fills the gap.
    private torch.Tensor[] owned = new torch.Tensor[16];
    private int ownedCount;
    private HashSet<IDisposable>? others;
    private bool disposed;

    internal DisposeScope(DisposeScopeManager manager, DisposeScope? outer)
    {
        this.manager = manager;
        Outer = outer;
    }

    internal DisposeScope? Outer { get; set; }

    /// <summary>What the scope owns at this moment.</summary>
    public IReadOnlyList<IDisposable> DisposablesView => new ReadOnlyCollection<IDisposable>([.. owned.Take(ownedCount), .. (IEnumerable<IDisposable>?)others ?? []]);

    public int DisposablesCount => ownedCount + (others?.Count ?? 0);

    /// <summary>Hands a disposable to the enclosing scope, or to nobody when there is none; returns it.</summary>
    public T MoveToOuter<T>(T disposable)
        where T : IDisposable
    {
        MoveToOther(Outer, [disposable]);
        return disposable;
    }

    public (T1, T2) MoveToOuter<T1, T2>(T1 first, T2 second)
        where T1 : IDisposable
        where T2 : IDisposable
    {
        MoveToOther(Outer, [first, second]);
        return (first, second);
    }

    public (T1, T2, T3) MoveToOuter<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable
        where T2 : IDisposable
        where T3 : IDisposable
    {
        MoveToOther(Outer, [first, second, third]);
        return (first, second, third);
    }

    public void MoveToOuter(params IDisposable[] disposables) => MoveToOther(Outer, disposables);

    public void MoveToOuter(IEnumerable<IDisposable> disposables) => MoveToOther(Outer, disposables);

    /// <summary>Hands a disposable to another scope, or to nobody for null; returns it.</summary>
    public T MoveToOther<T>(DisposeScope? scope, T disposable)
        where T : IDisposable
    {
        MoveToOther(scope, [disposable]);
        return disposable;
    }

    public void MoveToOther(DisposeScope? scope, params IDisposable[] disposables) => MoveToOther(scope, (IEnumerable<IDisposable>)disposables);

    public void MoveToOther(DisposeScope? scope, IEnumerable<IDisposable> disposables)
    {
        foreach (var disposable in disposables)
            if (Remove(disposable))
                scope?.Add(disposable);
    }

    /// <summary>Gives a disposable up to the caller; returns it.</summary>
    public T Detach<T>(T disposable)
        where T : IDisposable
    {
        Detach([disposable]);
        return disposable;
    }

    public (T1, T2) Detach<T1, T2>(T1 first, T2 second)
        where T1 : IDisposable
        where T2 : IDisposable
    {
        Detach([first, second]);
        return (first, second);
    }

    public (T1, T2, T3) Detach<T1, T2, T3>(T1 first, T2 second, T3 third)
        where T1 : IDisposable
        where T2 : IDisposable
        where T3 : IDisposable
    {
        Detach([first, second, third]);
        return (first, second, third);
    }

    public void Detach(params IDisposable[] disposables) => Detach((IEnumerable<IDisposable>)disposables);

    public void Detach(IEnumerable<IDisposable> disposables)
    {
        foreach (var disposable in disposables)
            if (Remove(disposable) && disposable is torch.Tensor)
                manager.tensors.DetachedFromScopeCount++;
    }

    public void Attach(IDisposable disposable) => Attach([disposable]);

    public void Attach(params IDisposable[] disposables) => Attach((IEnumerable<IDisposable>)disposables);

    /// <summary>Takes disposables into this scope, out of another one if need be; returns them.</summary>
    public IReadOnlyList<IDisposable> Attach(IEnumerable<IDisposable> disposables)
    {
        var all = disposables.ToList();
        foreach (var disposable in all)
        {
            if (disposable is torch.Tensor tensor)
            {
                if (ReferenceEquals(tensor.scope, this))
                    continue;
                if (tensor.scope is null)
                    manager.tensors.AttachedToScopeCount++;
                tensor.scope?.Remove(tensor);
            }

            Add(disposable);
        }

        return all;
    }

    /// <summary>Disposes what the scope owns; the scope stays open.</summary>
    public void DisposeEverything() => DisposeEverythingBut([]);

    public void DisposeEverythingBut(IEnumerable<IDisposable> inKeep)
    {
        var keep = new HashSet<IDisposable>(inKeep, ReferenceEqualityComparer.Instance);
        for (var i = ownedCount - 1; i >= 0; i--)
            if (keep.Count == 0 || !keep.Contains(owned[i]))
                owned[i].Dispose();
        if (others is null)
            return;
        foreach (var other in others.Where(other => !keep.Contains(other)).ToList())
        {
            others.Remove(other);
            other.Dispose();
        }
    }

    public void DisposeEverythingBut(params IDisposable[] keep) => DisposeEverythingBut((IEnumerable<IDisposable>)keep);

    public T DisposeEverythingBut<T>(T keep)
        where T : IDisposable
    {
        DisposeEverythingBut([keep]);
        return keep;
    }

    /// <summary>Closes the scope and disposes what it owns.</summary>
    public void Dispose()
    {
        if (disposed)
            return;
        disposed = true;
        manager.Close(this);
        for (var i = ownedCount - 1; i >= 0; i--)
            owned[i].Dispose();
        if (others is not null)
            DisposeEverything();
    }

    /// <summary>Forgets a disposable that its owner has disposed.</summary>
    public void MarkAsDisposed(IDisposable disposable) => Remove(disposable);

    public bool Contains(IDisposable disposable) =>
        disposable is torch.Tensor tensor ? ReferenceEquals(tensor.scope, this) : others?.Contains(disposable) ?? false;

    internal void Add(torch.Tensor tensor)
    {
        if (ownedCount == owned.Length)
            Array.Resize(ref owned, ownedCount * 2);
        tensor.scope = this;
        tensor.scopeIndex = ownedCount;
        owned[ownedCount++] = tensor;
    }

    internal void Remove(torch.Tensor tensor)
    {
        var last = owned[--ownedCount];
        owned[tensor.scopeIndex] = last;
        last.scopeIndex = tensor.scopeIndex;
        owned[ownedCount] = null!;
        tensor.scope = null;
    }

    private void Add(IDisposable disposable)
    {
        if (disposable is torch.Tensor tensor)
            Add(tensor);
        else
            (others ??= new(ReferenceEqualityComparer.Instance)).Add(disposable);
    }

    private bool Remove(IDisposable disposable)
    {
        if (disposable is not torch.Tensor tensor)
            return others?.Remove(disposable) ?? false;
        if (!ReferenceEquals(tensor.scope, this))
            return false;
        Remove(tensor);
        return true;
    }
}
