using System.Linq.Expressions;

namespace Orleans.Runtime;

/// <summary>Arguments of a call as a value tuple; from the eighth on they sit in a nested one.</summary>
internal static class ArgumentTuple
{
    private static readonly Type[] Open =
    [
        typeof(ValueTuple), typeof(ValueTuple<>), typeof(ValueTuple<,>), typeof(ValueTuple<,,>), typeof(ValueTuple<,,,>),
        typeof(ValueTuple<,,,,>), typeof(ValueTuple<,,,,,>), typeof(ValueTuple<,,,,,,>), typeof(ValueTuple<,,,,,,,>),
    ];

    public static Type TypeOf(ReadOnlySpan<Type> arguments) => arguments.Length switch
    {
        0 => typeof(ValueTuple),
        <= 7 => Open[arguments.Length].MakeGenericType(arguments.ToArray()),
        _ => Open[8].MakeGenericType([.. arguments[..7], TypeOf(arguments[7..])]),
    };

    public static Expression Item(Expression tuple, int index) =>
        index < 7 ? Expression.Field(tuple, $"Item{index + 1}") : Item(Expression.Field(tuple, "Rest"), index - 7);

    public static Expression Create(Type tuple, ReadOnlySpan<Expression> items)
    {
        if (items.Length == 0)
        {
            return Expression.Default(tuple);
        }

        var arguments = items.Length <= 7
            ? items.ToArray()
            : [.. items[..7], Create(tuple.GetGenericArguments()[7], items[7..])];
        return Expression.New(tuple.GetConstructor(tuple.GetGenericArguments())!, arguments);
    }

    /// <summary>The items as objects, for filters.</summary>
    public static object?[] ToArray<TArguments>(TArguments arguments, int count)
    {
        var tuple = (System.Runtime.CompilerServices.ITuple)arguments!;
        var items = new object?[count];
        for (var i = 0; i < count; i++)
        {
            items[i] = tuple[i];
        }

        return items;
    }
}
