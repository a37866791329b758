package io.github.nuclei4j.model;

import java.io.IOException;
import java.io.StringReader;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import com.google.gson.JsonParseException;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;

import io.github.nuclei4j.util.Messages;

/**
 * Looks whether JSON has only names that a class has fields for, and none twice, before it is turned into objects: what
 * isn't known was written by a newer version, or by nobody who knew the format. It never goes deeper than the class's fields
 * do.
 */
final class JsonNames {

	private final JsonReader in;

	private JsonNames(final JsonReader in) {
		this.in = in;
	}

	/**
	 * Checks a document.
	 *
	 * @param type whose fields, and those of the classes of its fields, are the names
	 * @throws JsonParseException that says which name is unknown or twice, or where the JSON is no JSON
	 */
	static void check(final String json, final Class<?> type) {
		final JsonReader in = new JsonReader(new StringReader(json));
		// not a number (NaN) is a value that a history may have
		in.setLenient(true);
		try {
			new JsonNames(in).value(type);
			if (in.peek() != JsonToken.END_DOCUMENT) throw new JsonParseException("there is something after its end");
		}
		catch (final IOException e) {
			throw new JsonParseException("it is no JSON at " + in.getPath());
		}
	}

	private void value(final Type type) throws IOException {
		if (in.peek() == JsonToken.BEGIN_OBJECT && isMap(type)) {
			final Type inner = ((ParameterizedType) type).getActualTypeArguments()[1];
			object(name -> inner);
		}
		else if (in.peek() == JsonToken.BEGIN_OBJECT && type instanceof Class && isOurs((Class<?>) type)) {
			final Map<String, Type> fields = fields((Class<?>) type);
			object(fields::get);
		}
		else if (in.peek() == JsonToken.BEGIN_ARRAY && isList(type)) {
			final Type element = ((ParameterizedType) type).getActualTypeArguments()[0];
			in.beginArray();
			while (in.hasNext()) value(element);
			in.endArray();
		}
		else in.skipValue();
	}

	private void object(final Function<String, Type> types) throws IOException {
		final Set<String> seen = new HashSet<>();
		in.beginObject();
		while (in.hasNext()) {
			final String name = in.nextName();
			if (!seen.add(name)) throw new JsonParseException("it has '" + Messages.quoted(name) + "' twice at " + Messages
				.quoted(in.getPath()));
			final Type type = types.apply(name);
			if (type == null) throw new JsonParseException("it has '" + Messages.quoted(name) +
				"', which this version of Nuclei4J does not know; a newer one may");
			value(type);
		}
		in.endObject();
	}

	private static boolean isOurs(final Class<?> type) {
		return type.getName().startsWith("io.github.nuclei4j.");
	}

	private static boolean isMap(final Type type) {
		return type instanceof ParameterizedType && ((ParameterizedType) type).getRawType() == Map.class;
	}

	private static boolean isList(final Type type) {
		return type instanceof ParameterizedType && ((ParameterizedType) type).getRawType() == List.class;
	}

	private static Map<String, Type> fields(final Class<?> type) {
		final Map<String, Type> fields = new HashMap<>();
		for (Class<?> at = type; at != null && at != Object.class; at = at.getSuperclass()) {
			for (final Field field : at.getDeclaredFields()) {
				if (!Modifier.isStatic(field.getModifiers()) && !field.isSynthetic()) fields.put(field.getName(), field
					.getGenericType());
			}
		}
		return fields;
	}
}
