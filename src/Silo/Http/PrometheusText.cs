using System.Diagnostics.Metrics;
using System.Text;

namespace PairUni.Silo;

/// <summary>Listens to the silo's instruments and writes them in Prometheus' text format (version 0.0.4).</summary>
public sealed class PrometheusText : IDisposable
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";
    private readonly MeterListener _listener = new();
    private readonly SortedDictionary<string, MetricFamily> _families = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <param name="meters">The silo's own meters; those of another silo in the process are not listened to.</param>
    public PrometheusText(IMeterFactory meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == SiloInstruments.MeterName && ReferenceEquals(instrument.Meter.Scope, meters))
                listener.EnableMeasurementEvents(instrument, Add(instrument));
        };
        _listener.SetMeasurementEventCallback<int>((_, value, labels, family) => ((MetricFamily)family!).Record(value, labels));
        _listener.SetMeasurementEventCallback<long>((_, value, labels, family) => ((MetricFamily)family!).Record(value, labels));
        _listener.SetMeasurementEventCallback<double>((_, value, labels, family) => ((MetricFamily)family!).Record(value, labels));
        _listener.Start();
    }

    /// <summary>All figures as they are now, families by name.</summary>
    public string Write()
    {
        lock (_lock)
        {
            foreach (var family in _families.Values) family.BeginReading();
            _listener.RecordObservableInstruments();
            var text = new StringBuilder();
            foreach (var family in _families.Values) family.WriteTo(text);
            return text.ToString();
        }
    }

    public void Dispose() => _listener.Dispose();

    private MetricFamily Add(Instrument instrument)
    {
        var family = new MetricFamily(instrument);
        lock (_lock) _families[family.Name] = family;
        return family;
    }
}
