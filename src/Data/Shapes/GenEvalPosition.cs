using System.Text.Json;
using System.Text.Json.Serialization;

namespace PairUni.Data.Shapes;

/// <summary>Where an object is seen from an earlier one; in JSON the array [relation, index].</summary>
/// <param name="Relation">One of <see cref="ShapeNames.Relations"/>.</param>
/// <param name="Reference">Index of the include clause that it refers to.</param>
[JsonConverter(typeof(ArrayConverter))]
public sealed record GenEvalPosition(string Relation, int Reference)
{
    private sealed class ArrayConverter : JsonConverter<GenEvalPosition>
    {
        public override GenEvalPosition Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            using var document = JsonDocument.ParseValue(ref reader);
            var array = document.RootElement;
            if (array.ValueKind != JsonValueKind.Array || array.GetArrayLength() != 2 || array[0].ValueKind != JsonValueKind.String
                || array[1].ValueKind != JsonValueKind.Number || !array[1].TryGetInt32(out var index))
            {
                throw new JsonException("\"position\" must be [relation, index].");
            }
            return new GenEvalPosition(array[0].GetString()!, index);
        }

        public override void Write(Utf8JsonWriter writer, GenEvalPosition value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            writer.WriteStringValue(value.Relation);
            writer.WriteNumberValue(value.Reference);
            writer.WriteEndArray();
        }
    }
}
