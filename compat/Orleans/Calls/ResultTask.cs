using System.Linq.Expressions;

namespace Orleans.Runtime;

/// <summary>Turns what a grain method returns into a <see cref="ValueTask{TResult}"/>.</summary>
internal static class ResultTask
{
    /// <summary>The result type that stands for a return type; null when grain methods cannot return it.</summary>
    public static Type? ResultOf(Type returned)
    {
        if (returned == typeof(Task) || returned == typeof(ValueTask) || returned == typeof(void))
        {
            return typeof(Nothing);
        }

        return returned.IsGenericType && returned.GetGenericTypeDefinition() is var open
            && (open == typeof(Task<>) || open == typeof(ValueTask<>) || open == typeof(IAsyncEnumerable<>))
            ? open == typeof(IAsyncEnumerable<>) ? returned : returned.GetGenericArguments()[0]
            : null;
    }

    public static Expression Adapt(Expression call, Type result)
    {
        if (call.Type == typeof(void))
        {
            return Expression.Block(call, Expression.Default(typeof(ValueTask<Nothing>)));
        }

        if (call.Type == typeof(Task) || call.Type == typeof(ValueTask))
        {
            return Expression.Call(typeof(ResultTask), nameof(From), null, call);
        }

        if (call.Type == typeof(ValueTask<>).MakeGenericType(result))
        {
            return call;
        }

        return Expression.New(
            typeof(ValueTask<>).MakeGenericType(result).GetConstructor([call.Type == result ? result : typeof(Task<>).MakeGenericType(result)])!,
            call);
    }

    private static ValueTask<Nothing> From(Task task) => task.IsCompletedSuccessfully ? default : Await(task);

    private static ValueTask<Nothing> From(ValueTask task) => task.IsCompletedSuccessfully ? default : Await(task.AsTask());

    private static async ValueTask<Nothing> Await(Task task)
    {
        await task;
        return default;
    }
}
