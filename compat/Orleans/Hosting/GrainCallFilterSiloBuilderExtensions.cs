using Microsoft.Extensions.DependencyInjection;

namespace Orleans.Hosting;

/// <summary>Adds filters.</summary>
public static class GrainCallFilterSiloBuilderExtensions
{
    /// <summary>Runs <paramref name="filter"/> around every call that reaches a grain of this silo.</summary>
    public static ISiloBuilder AddIncomingGrainCallFilter(this ISiloBuilder builder, IIncomingGrainCallFilter filter)
    {
        builder.Services.AddSingleton(filter);
        return builder;
    }

    /// <summary>Runs a <typeparamref name="TImplementation"/> around every call that reaches a grain of this silo.</summary>
    public static ISiloBuilder AddIncomingGrainCallFilter<TImplementation>(this ISiloBuilder builder)
        where TImplementation : class, IIncomingGrainCallFilter
    {
        builder.Services.AddSingleton<IIncomingGrainCallFilter, TImplementation>();
        return builder;
    }

    /// <summary>Runs <paramref name="filter"/> around every call that reaches a grain of this silo.</summary>
    public static ISiloBuilder AddIncomingGrainCallFilter(this ISiloBuilder builder, IncomingGrainCallFilterDelegate filter) =>
        builder.AddIncomingGrainCallFilter(new DelegateFilter(filter));

    /// <summary>Runs <paramref name="filter"/> around every call that this silo makes.</summary>
    public static ISiloBuilder AddOutgoingGrainCallFilter(this ISiloBuilder builder, IOutgoingGrainCallFilter filter)
    {
        builder.Services.AddSingleton(filter);
        return builder;
    }

    /// <summary>Runs a <typeparamref name="TImplementation"/> around every call that this silo makes.</summary>
    public static ISiloBuilder AddOutgoingGrainCallFilter<TImplementation>(this ISiloBuilder builder)
        where TImplementation : class, IOutgoingGrainCallFilter
    {
        builder.Services.AddSingleton<IOutgoingGrainCallFilter, TImplementation>();
        return builder;
    }

    /// <summary>Runs <paramref name="filter"/> around every call that this silo makes.</summary>
    public static ISiloBuilder AddOutgoingGrainCallFilter(this ISiloBuilder builder, OutgoingGrainCallFilterDelegate filter) =>
        builder.AddOutgoingGrainCallFilter(new OutgoingDelegateFilter(filter));

    private sealed class DelegateFilter(IncomingGrainCallFilterDelegate filter) : IIncomingGrainCallFilter
    {
        public Task Invoke(IIncomingGrainCallContext context) => filter(context);
    }

    private sealed class OutgoingDelegateFilter(OutgoingGrainCallFilterDelegate filter) : IOutgoingGrainCallFilter
    {
        public Task Invoke(IOutgoingGrainCallContext context) => filter(context);
    }
}
