namespace Orleans.Runtime;

/// <summary>Runs work one item at a time.</summary>
public interface IWorkItemScheduler
{
    /// <summary>Queues an action.</summary>
    void QueueAction(Action action);

    /// <summary>Queues a task that was not started.</summary>
    void QueueTask(Task task);
}
