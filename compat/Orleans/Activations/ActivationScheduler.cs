using Orleans.Runtime;

namespace Orleans.Activations;

/// <summary>
/// Runs the work of one activation on the thread pool, one item at a time. Tasks that start here stay here: an await inside
/// of a turn comes back as another item.
/// </summary>
internal sealed class ActivationScheduler(IGrainContext context, TimeSpan quantum) : TaskScheduler, IThreadPoolWorkItem, IWorkItemScheduler
{
    private readonly Lock _gate = new();
    private readonly Queue<object> _items = new();
    private bool _scheduled;

    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Queues a task of this scheduler or an <see cref="ActivationWork"/>.</summary>
    public void Enqueue(object item)
    {
        lock (_gate)
        {
            _items.Enqueue(item);
            if (_scheduled)
            {
                return;
            }

            _scheduled = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
    }

    public void QueueAction(Action action)
    {
        using (ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow())
        {
            new Task(action).Start(this);
        }
    }

    void IWorkItemScheduler.QueueTask(Task task) => task.Start(this);

    void IThreadPoolWorkItem.Execute()
    {
        var outer = RuntimeContext.Current;
        RuntimeContext.Current = context;
        try
        {
            RunItems();
        }
        finally
        {
            RuntimeContext.Current = outer;
        }
    }

    protected override void QueueTask(Task task) => Enqueue(task);

    // Only what this thread already runs for this activation: a turn that starts a part of itself.
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && ReferenceEquals(RuntimeContext.Current, context) && TryExecuteTask(task);

    protected override IEnumerable<Task>? GetScheduledTasks() => null;

    private void RunItems()
    {
        var until = Environment.TickCount64 + (long)quantum.TotalMilliseconds;
        while (true)
        {
            object? item;
            lock (_gate)
            {
                if (!_items.TryDequeue(out item))
                {
                    _scheduled = false;
                    return;
                }
            }

            if (item is Task task)
            {
                TryExecuteTask(task);
            }
            else
            {
                // A task of its own for each turn, made here so that nothing ambient of the sender comes along.
                new Task(static work => Run((ActivationWork)work!), item).RunSynchronously(this);
            }

            if (Environment.TickCount64 >= until)
            {
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
                return;
            }
        }
    }

    private static void Run(ActivationWork work) => work.Execute((Activation)RuntimeContext.Current!);
}
